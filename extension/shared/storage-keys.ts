/** Key in storage.session of the page settings, which the background writes and content scripts read. */
export const PAGE_SETTINGS = "page-settings";
