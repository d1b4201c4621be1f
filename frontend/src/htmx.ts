import htmx from "htmx.org";
import { standAtFault } from "./first-fault";

// No eval and no injected style element: the pages forbid both. A refused form (422) is shown like any answer.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
// Going back asks the server: a kept copy would show a case as it was before the step, and keep its words in the browser.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true, error: false },
  { code: "503", swap: true, error: true },
  { code: "[45]..", swap: false, error: true },
];

const UNAVAILABLE = 503;
const own = document.querySelector("#request-failed span")?.textContent ?? "";

/** Shows the page's own sentence when an answer did not come or was an error, or the server's (503): never a dead button. */
function tellFailure(event: Event): void {
  const notice = document.getElementById("request-failed");
  const words = notice?.querySelector("span");
  const status = (event as CustomEvent<{ xhr?: XMLHttpRequest }>).detail.xhr?.status;
  if (words && status !== UNAVAILABLE) words.textContent = own;
  notice?.removeAttribute("hidden");
  notice?.scrollIntoView({ block: "nearest" });
}

/** Gives the keyboard its place back after a part of the page was drawn anew: what went wrong, or what comes next. */
function giveFocusBack(): void {
  if (document.activeElement && document.activeElement !== document.body) return;
  if (standAtFault()) return;
  const next = document.getElementById("step-title");
  next?.setAttribute("tabindex", "-1");
  next?.focus({ preventScroll: true });
}

document.addEventListener("htmx:afterSettle", giveFocusBack);
document.addEventListener("htmx:responseError", tellFailure);
document.addEventListener("htmx:sendError", tellFailure);
document.addEventListener("htmx:beforeRequest", () => {
  document.getElementById("request-failed")?.setAttribute("hidden", "");
});
