import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { listen } from './lib/api/live.ts'
import { queryClient } from './lib/api/query-client.ts'
import { BELOW_DIALOGS } from './lib/theme/layers.ts'
import { cssVariables, theme } from './lib/theme/theme.ts'
import { router } from './router.tsx'

/** The nonce of this response: the content security policy lets no other style sheet in. */
const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

/** The whole window. */
export function App() {
  useEffect(() => listen(queryClient), [])
  useEffect(() => {
    // The list comes first; a model's page is fetched when the window is idle.
    const idle = requestIdleCallback(() => void import('./features/function/page/function-screen.tsx'))
    return () => cancelIdleCallback(idle)
  }, [])
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" limit={4} autoClose={8000} zIndex={BELOW_DIALOGS} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}
