import { interfaceFor } from "../../shared/words";
import { shownPage } from "../../shared/page-kind";
import { Destinations } from "./Destinations";
import { PageActions } from "./PageActions";
import { Reach } from "./Reach";
import { usePopup, type PartProps } from "./usePopup";

/** Behind the toolbar button: whether glosses are on here and can be made, and what can be done with this page. */
export function Popup() {
  const model = usePopup();
  const { settings, tab } = model;
  if (!settings) return null;
  const { words, lang } = interfaceFor(settings.language, navigator.language);
  document.documentElement.lang = lang;
  document.documentElement.dataset.theme = settings.theme;
  document.title = words.popup.title;
  const parts: PartProps = { words, lang, model };
  const page = shownPage(tab?.url);
  return (
    <>
      <header>
        <h1>{words.popup.title}</h1>
        {page && <SiteSwitch {...parts} host={page.host} isOn={!settings.sitesOff.includes(page.host)} />}
      </header>
      <Reach {...parts} />
      {tab && <PageActions {...parts} tab={tab} page={page} />}
      <Destinations {...parts} />
    </>
  );
}

function SiteSwitch({ words, model, host, isOn }: PartProps & { host: string; isOn: boolean }) {
  return (
    <label class="switch">
      <span>{words.popup.here(host)}</span>
      <input
        type="checkbox"
        role="switch"
        checked={isOn}
        onChange={(event) => void model.switchSite(host, event.currentTarget.checked)}
      />
    </label>
  );
}
