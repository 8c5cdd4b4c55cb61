import {
  type ActionIconProps,
  type ButtonProps,
  type CSSVariablesResolver,
  createTheme,
  localStorageColorSchemeManager,
  type MenuProps,
  type ModalProps,
  type PopoverProps,
  type SelectProps,
  type TabsProps,
  type TooltipProps,
} from '@mantine/core';
import { findOptions } from '../ui/find-options.ts';
import { noOption } from '../ui/no-option.ts';

/** Stores the colour scheme where public/theme.js reads it. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'leadwell.theme' });

const small = { size: 'xs' } as const;

/** The list of options scrolls itself: a scrolling box within it would have to take the focus. */
const scrolling = { withScrollArea: false, styles: { options: { maxHeight: 220, overflowY: 'auto' } } } as const;

/** Default properties by component. Mantine's `extend` would put every component named here into the first bundle. */
const defaults = {
  Button: { size: 'xs', variant: 'default' } satisfies Partial<ButtonProps>,
  ActionIcon: { size: 30, variant: 'subtle', color: 'gray' } satisfies Partial<ActionIconProps>,
  TextInput: small,
  Textarea: small,
  Select: {
    size: 'xs',
    selectFirstOptionOnChange: true,
    nothingFoundMessage: noOption('Nothing found'),
    ...scrolling,
    filter: findOptions,
    // Typing then replaces the selected option instead of adding to its label.
    onFocus: ({ currentTarget }) => currentTarget.select(),
  } satisfies Partial<SelectProps>,
  Checkbox: small,
  Switch: small,
  NumberInput: small,
  PasswordInput: small,
  MultiSelect: { ...small, ...scrolling },
  TagsInput: small,
  FileInput: small,
  DateInput: small,
  DateTimePicker: small,
  SegmentedControl: small,
  Menu: {
    radius: 'md',
    shadow: 'md',
    transitionProps: { duration: 100 },
    // Without the placeholder, the first menu item takes the focus when the menu opens.
    withInitialFocusPlaceholder: false,
    // Not keys, which Mantine adds: the key that opens a menu a second time would close it at once.
    clickOutsideEvents: ['mousedown', 'touchstart'],
  } satisfies Partial<MenuProps>,
  Popover: { radius: 'md', shadow: 'md', transitionProps: { duration: 100 } } satisfies Partial<PopoverProps>,
  Modal: {
    radius: 'md',
    centered: true,
    transitionProps: { duration: 110 },
    overlayProps: { backgroundOpacity: 0.35 },
    closeButtonProps: { 'aria-label': 'Close' },
  } satisfies Partial<ModalProps>,
  Tabs: { keepMounted: false } satisfies Partial<TabsProps>,
  Tooltip: { openDelay: 400, withArrow: false } satisfies Partial<TooltipProps>,
};

/** Mantine in Leadwell's sizes and colours; the colours themselves are in ui/styles/tokens.css. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'var(--mono)',
  primaryColor: 'primary',
  primaryShade: { light: 6, dark: 6 },
  colors: {
    primary: [
      '#eef2ff',
      '#e0e7ff',
      '#c7d2fe',
      '#a5b4fc',
      '#818cf8',
      '#6366f1',
      '#4f46e5',
      '#4338ca',
      '#3730a3',
      '#312e81',
    ],
  },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '16px' },
  breakpoints: { xs: '36em', sm: '48em', md: '62em', lg: '75em', xl: '88em' },
  headings: { fontWeight: '600' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: Object.fromEntries(Object.entries(defaults).map(([name, defaultProps]) => [name, { defaultProps }])),
});

/** Gives Mantine our colours: its own dimmed and placeholder colours fail the contrast rules. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const colours = {
    '--mantine-color-body': 'var(--bg)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-placeholder': 'var(--placeholder)',
    '--mantine-color-anchor': 'var(--primary-text)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-primary-filled-hover': 'var(--primary-hover)',
    '--mantine-color-primary-text': 'var(--primary-text)',
    '--mantine-color-primary-light-color': 'var(--primary-text)',
    '--mantine-color-gray-text': 'var(--muted)',
    '--mantine-color-gray-light-color': 'var(--text)',
    '--mantine-color-gray-light-hover': 'var(--hover)',
    '--mantine-color-red-filled': '#c81e1e',
    '--mantine-color-red-filled-hover': '#a81616',
    '--mantine-color-red-text': 'var(--danger)',
    '--mantine-color-red-light-color': 'var(--danger)',
  };
  return { variables: {}, light: colours, dark: colours };
};
