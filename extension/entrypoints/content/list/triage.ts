/** What the reader did with this list's papers on earlier visits, and what is done now: the server keeps it. */
import type { TriageChange } from "../../../shared/wire";
import type { PageMessage, Session } from "../session";

/** Papers that were scrolled past are told together, this long after the first of them. */
const GATHER_MILLISECONDS = 1500;

export interface KnownPapers {
  hidden: ReadonlySet<number>;
  seen: ReadonlySet<number>;
}

export class TriageOnPage {
  private readonly seen = new Set<string>();
  private unsent: TriageChange[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly ids: readonly string[],
    private readonly session: Session,
    private readonly onKnown: (known: KnownPapers) => void,
  ) {
    session.send({ type: "content-to-background/triage", ids: [...ids] });
    window.addEventListener("pagehide", () => this.flush(), { signal: session.signal });
  }

  /** Hand over what came over the port; true if it was about this. */
  take(message: PageMessage): boolean {
    if (message.type !== "background-to-content/triage") return false;
    const indexesOf = (has: "hidden" | "seen"): Set<number> => {
      const names = new Set(message.papers.filter((paper) => paper[has]).map(({ id }) => id));
      return new Set(this.ids.flatMap((id, index) => (names.has(withoutVersion(id)) ? [index] : [])));
    };
    this.onKnown({ hidden: indexesOf("hidden"), seen: indexesOf("seen") });
    return true;
  }

  hide(index: number, hidden: boolean): void {
    this.session.send({ type: "content-to-background/triaged", changes: [{ id: this.ids[index]!, hidden }] });
  }

  see(index: number): void {
    const id = this.ids[index]!;
    if (this.seen.has(id)) return;
    this.seen.add(id);
    this.unsent.push({ id, seen: true });
    this.timer ??= setTimeout(() => this.flush(), GATHER_MILLISECONDS);
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.unsent.length > 0) this.session.send({ type: "content-to-background/triaged", changes: this.unsent });
    this.unsent = [];
  }
}

const withoutVersion = (id: string): string => id.replace(/v\d+$/, "");
