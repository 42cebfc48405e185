import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver } from '@mantine/core'

/** 32 px where nothing else is said; compact ones keep Mantine's measure, in the design's type size. */
const buttonStyles = (_theme: unknown, { size }: { size?: unknown }) => ({
  root: {
    fontWeight: 500,
    ...(String(size).startsWith('compact') ? { paddingInline: 8 } : { height: 32, paddingInline: 12 }),
  },
  label: { fontSize: size === 'compact-xs' ? 12 : 13 },
  section: { marginInlineEnd: 6 },
})

/** A dialog that is closed is gone at once: a key pressed while it faded would still be typed into it. */
const dialogMotion = { duration: 140, exitDuration: 0 }

/** Mantine drawn with the design's tokens, so that its parts and ours cannot be told apart. */
export const theme = createTheme({
  fontFamily: 'var(--font-words)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: '7px',
  primaryColor: 'teal',
  cursorType: 'default',
  respectReducedMotion: true,
  focusRing: 'auto',
  variantColorResolver: (input) => {
    if (input.variant === 'filled')
      return {
        background: 'var(--accent)',
        hover: 'var(--accent-hover)',
        color: 'var(--on-accent)',
        border: '1px solid transparent',
      }
    if (input.variant === 'default' || input.variant === 'danger')
      return {
        background: 'var(--background)',
        hover: 'var(--hover)',
        color: input.variant === 'danger' ? 'var(--bad)' : 'var(--ink)',
        border: '1px solid var(--line)',
      }
    if (input.variant === 'subtle')
      return {
        background: 'transparent',
        hover: 'var(--hover)',
        color: 'var(--ink-2)',
        border: '1px solid transparent',
      }
    return defaultVariantColorsResolver(input)
  },
  components: {
    Button: {
      defaultProps: { size: 'sm', variant: 'default' },
      styles: buttonStyles,
    },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle' } },
    Tooltip: {
      defaultProps: { openDelay: 500, withArrow: false, transitionProps: { duration: 120 } },
      styles: { tooltip: { background: 'var(--ink)', color: 'var(--background)', fontSize: 12 } },
    },
    Menu: {
      defaultProps: {
        withInitialFocusPlaceholder: false,
        shadow: 'none',
        position: 'bottom-start',
        transitionProps: { duration: 120 },
      },
    },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { duration: 120 } } },
    HoverCard: { defaultProps: { shadow: 'none', openDelay: 350, closeDelay: 80, transitionProps: { duration: 120 } } },
    Modal: {
      defaultProps: {
        // The page itself never scrolls, and the lock would write a style element without the nonce.
        lockScroll: false,
        closeButtonProps: { 'aria-label': 'Close', size: 28 },
        centered: true,
        transitionProps: dialogMotion,
        overlayProps: { backgroundOpacity: 0.35 },
      },
    },
    ModalRoot: { defaultProps: { lockScroll: false, transitionProps: dialogMotion } },
    Checkbox: { defaultProps: { size: 'xs' } },
  },
})

/** Mantine's own variables, for the parts that style themselves by them. */
export const cssVariables: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--background)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-2)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-default': 'var(--background)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-color-disabled': 'var(--sunken)',
    '--mantine-color-disabled-color': 'var(--ink-3)',
    '--mantine-color-disabled-border': 'var(--line)',
  }
  // The greys of segments, switches and tracks, which would else be bluish in light and brownish in dark.
  const light = { '--mantine-color-gray-1': 'var(--sunken)', '--mantine-color-gray-3': 'var(--line-strong)' }
  const dark = { '--mantine-color-dark-5': 'var(--line-strong)', '--mantine-color-dark-8': 'var(--sunken)' }
  return { variables: {}, light: { ...tokens, ...light }, dark: { ...tokens, ...dark } }
}
