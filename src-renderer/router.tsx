import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { Missing } from './features/function/page/missing.tsx'
import { LibraryScreen } from './features/library/library-screen.tsx'
import { pageQuery } from './lib/api/queries.ts'
import { queryClient } from './lib/api/query-client.ts'
import { keepStartUpPreview } from './lib/start/start-up-preview.ts'
import { readFunctionSearch } from './lib/state/function-tabs.ts'
import { filtersOf, readListingSearch } from './lib/state/listing-search.ts'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: Missing })

const libraryRoute = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: readListingSearch,
  loaderDeps: ({ search }) => search,
  // Asked for before anything else, and drawn while the answer is on its way.
  loader: ({ deps }) => void queryClient.prefetchQuery(pageQuery(filtersOf(deps), 0)),
  component: LibraryScreen,
})

const functionRoute = createRoute({
  getParentRoute: () => root,
  path: '/function/$uuid',
  validateSearch: readFunctionSearch,
  component: lazyRouteComponent(() => import('./features/function/page/function-screen.tsx'), 'FunctionScreen'),
})

const trashRoute = createRoute({
  getParentRoute: () => root,
  path: '/trash',
  component: lazyRouteComponent(() => import('./features/trash/trash-screen.tsx'), 'TrashScreen'),
})

const settingsRoute = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./features/settings/settings-screen.tsx'), 'SettingsScreen'),
})

/** Plain `name=value` pairs, so that an address reads as the API's own query. */
function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search))
    if (typeof value === 'string' && value !== '') query.set(name, value)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

export const router = createRouter({
  routeTree: root.addChildren([libraryRoute, functionRoute, trashRoute, settingsRoute]),
  history: createHashHistory(),
  parseSearch,
  stringifySearch,
  defaultPreload: false,
})

router.subscribe('onResolved', ({ toLocation }) => {
  if (toLocation.pathname !== '/') keepStartUpPreview()
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
