/**
 * Call back once room below the panel may be given back without anybody seeing something jump: at once where the room's
 * end is out of sight, else when the reader next does something, which moves the page anyway.
 */
export function whenRoomMayGo(host: HTMLElement, signal: AbortSignal, giveBack: () => void): void {
  const given = new AbortController();
  const finish = (): void => {
    given.abort();
    giveBack();
  };
  if (host.getBoundingClientRect().bottom > window.innerHeight) return finish();
  const options = { passive: true, signal: AbortSignal.any([given.signal, signal]) };
  for (const kind of ["scroll", "keydown", "pointerdown"]) window.addEventListener(kind, finish, options);
}
