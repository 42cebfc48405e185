/** Below dialogs (200) and menus (300): a notice or the activity must not lie over what a person has just opened, nor over its buttons. */
export const BELOW_DIALOGS = 150
