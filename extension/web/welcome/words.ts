/** What the welcome page says. */
import type { BrowserName } from "./browsers";

const en = {
  lead: "One step is left, in this browser. Then every abstract on arXiv has its gloss beside it.",
  ticks: {
    server: "The server runs on this machine",
    extension: "The extension is loaded",
    paired: "The two are paired",
  },
  done: "done",
  waiting: "waiting",
  step: (browser: BrowserName) => `Load the extension into ${browser}`,
  address: "Open this address (browsers let no page link to it):",
  developer: {
    Chrome: ["Switch on ", "Developer mode", ", at the top right."],
    Edge: ["Switch on ", "Developer mode", ", on the left."],
    Firefox: null,
  },
  load: {
    Chrome: ["Choose ", "Load unpacked", ", and this folder:"],
    Edge: ["Choose ", "Load unpacked", ", and this folder:"],
    Firefox: ["Choose ", "Load Temporary Add-on…", ", and this file:"],
  },
  paste: {
    mac: "In the file dialog, ⌘⇧G takes the path.",
    other: "The file dialog takes the path where it asks for a name; on Linux, press Ctrl+L first.",
  },
  copy: "Copy",
  copied: "Copied",
  picture: (browser: BrowserName) => `Drawing of the extensions page of ${browser}: where the marked buttons are`,
  heading: { Chrome: "Extensions", Edge: "Extensions", Firefox: "This Firefox" },
  temporary:
    "Firefox keeps an add-on that Mozilla has not signed only until it is closed: this step comes again at each start. " +
    "Chrome and Edge keep it.",
  paper: "Open a paper",
  alsoHere: "To use it in another browser too, run this, and do the same there:",
  refused:
    "The extension came with a ticket that was used or more than ten minutes old. This gives it a new one; then open a paper:",
  silent: "The server does not answer, or was started again since. Run this; it opens this page anew:",
  noExtension: "The extension was not built into this installation. In a terminal, this says what to do:",
  code: "If it does not pair by itself, this shows a code for the extension's options:",
};

type WelcomeWords = typeof en;

const zh: WelcomeWords = {
  lead: "只剩一步，在此浏览器中完成。之后，arXiv 上每篇摘要旁都会有译注。",
  ticks: {
    server: "服务器已在本机运行",
    extension: "扩展已加载",
    paired: "扩展与服务器已配对",
  },
  done: "已完成",
  waiting: "等待中",
  step: (browser) => `将扩展加载到 ${browser}`,
  address: "打开此地址（浏览器不允许网页链接到它，请复制）：",
  developer: {
    Chrome: ["打开右上角的", "开发者模式", "。"],
    Edge: ["打开左侧的", "开发人员模式", "。"],
    Firefox: null,
  },
  load: {
    Chrome: ["点击", "加载未打包的扩展程序", "，选择此文件夹："],
    Edge: ["点击", "加载解压缩的扩展", "，选择此文件夹："],
    Firefox: ["点击", "临时载入附加组件…", "，选择此文件："],
  },
  paste: {
    mac: "在文件对话框中按 ⌘⇧G 即可粘贴路径。",
    other: "在文件对话框的名称栏中粘贴路径即可；在 Linux 上请先按 Ctrl+L。",
  },
  copy: "复制",
  copied: "已复制",
  picture: (browser) => `${browser} 扩展页示意图：标出要点击的按钮`,
  heading: { Chrome: "扩展程序", Edge: "扩展", Firefox: "此 Firefox" },
  temporary:
    "未经 Mozilla 签名的附加组件，Firefox 只保留到关闭为止，每次启动后都要重做此步。Chrome 和 Edge 会一直保留扩展。",
  paper: "打开一篇论文",
  alsoHere: "要在其他浏览器中使用，请运行以下命令，并在那里重复同样的步骤：",
  refused: "扩展所带的配对凭证已用过，或已超过十分钟。以下命令会生成新的凭证，然后打开一篇论文：",
  silent: "服务器没有响应，或已重新启动。请运行以下命令，它会重新打开本页：",
  noExtension: "此安装中没有构建好的扩展。请在终端中运行以下命令，查看做法：",
  code: "如果没有自动配对，以下命令会显示配对码，可填入扩展的选项页：",
};

export type WelcomeLanguage = "en" | "zh";

export const WELCOME_WORDS: Record<WelcomeLanguage, WelcomeWords> = { en, zh };
export type { WelcomeWords };
