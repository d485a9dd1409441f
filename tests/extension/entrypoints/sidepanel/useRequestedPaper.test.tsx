import { render } from "preact";
import { act } from "preact/test-utils";
import type { FullTextSource } from "../../../../extension/client/fulltext";
import { useRequestedPaper, type Requests } from "../../../../extension/entrypoints/sidepanel/useRequestedPaper";
import type { RequestedPaper } from "../../../../extension/shared/requested-paper";

const tabs = vi.hoisted(() => ({
  askTab: vi.fn(),
  mayFetch: vi.fn(),
  showPage: vi.fn(),
  request: (_requested: RequestedPaper): void => undefined,
  watchRequestedPaper(listener: (requested: RequestedPaper) => void) {
    tabs.request = listener;
    return () => undefined;
  },
}));
vi.mock("../../../../extension/entrypoints/sidepanel/tabs", () => tabs);

const REQUEST: RequestedPaper = { id: null, address: null, tab: null, html: false, at: 1 };
const ADDRESS = "https://example.org/paper.pdf";

async function open() {
  const asked: FullTextSource[] = [];
  let requests: Requests | null = null;
  function Probe() {
    requests = useRequestedPaper((paper) => asked.push(paper));
    return null;
  }
  await act(() => render(<Probe />, document.createElement("div")));
  return {
    asked,
    requests: () => requests!,
    request: (change: Partial<RequestedPaper>) =>
      act(async () => {
        tabs.request({ ...REQUEST, ...change });
        await new Promise((resolve) => setTimeout(resolve));
      }),
  };
}

beforeEach(() => {
  tabs.askTab.mockReset();
  tabs.mayFetch.mockReset();
  tabs.showPage.mockReset().mockResolvedValue(7);
});
afterEach(() => vi.unstubAllGlobals());

test("a paper on arXiv is asked for by its id", async () => {
  const panel = await open();
  await panel.request({ id: "2401.01234v2" });
  expect(panel.asked).toEqual([{ id: "2401.01234v2" }]);
});

test("an HTML paper is read from its tab, and its pictures too", async () => {
  tabs.askTab.mockResolvedValue("<article></article>");
  const panel = await open();
  await panel.request({ id: "2401.01234v2", html: true, tab: 3 });
  const [paper] = panel.asked;
  expect(paper).toMatchObject({ id: "2401.01234v2", html: "<article></article>" });
  await (paper as { readPicture: (addresses: string[]) => Promise<unknown> }).readPicture(["x1.png"]);
  expect(tabs.askTab).toHaveBeenLastCalledWith(3, { type: "side-panel-to-content/picture", addresses: ["x1.png"] });
});

test("a tab that does not answer leaves the paper's PDF", async () => {
  tabs.askTab.mockRejectedValue(new Error("gone"));
  const panel = await open();
  await panel.request({ id: "2401.01234v2", html: true, tab: 3 });
  expect(panel.asked).toEqual([{ id: "2401.01234v2" }]);
});

test("a PDF elsewhere is not fetched before the reader allows it", async () => {
  tabs.mayFetch.mockResolvedValue(false);
  const fetched = vi.fn().mockResolvedValue(new Response("%PDF"));
  vi.stubGlobal("fetch", fetched);
  const panel = await open();
  await panel.request({ address: ADDRESS });
  expect(fetched).not.toHaveBeenCalled();
  const { elsewhere } = panel.requests();
  expect(elsewhere?.address).toBe(ADDRESS);
  await act(() => elsewhere!.read());
  expect(fetched).toHaveBeenCalledWith(ADDRESS, { credentials: "omit", referrerPolicy: "no-referrer" });
  expect(panel.asked).toHaveLength(1);
  expect(panel.requests().elsewhere).toBeNull();
});

test("a page of the paper opens in one tab, also the second time", async () => {
  const panel = await open();
  await panel.request({ id: "2401.01234v2" });
  panel.requests().showPlace("2401.01234v2", { page: 3, section: "2 Method" });
  expect(tabs.showPage).toHaveBeenCalledWith("2401.01234v2", 3, null);
  await act(() => Promise.resolve());
  panel.requests().showPlace("2401.01234v2", { page: 4, section: "2 Method" });
  expect(tabs.showPage).toHaveBeenLastCalledWith("2401.01234v2", 4, 7);
});
