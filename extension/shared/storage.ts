/** Key in storage.session of the look, which the background writes and content scripts read. */
export const LOOK = "look";
