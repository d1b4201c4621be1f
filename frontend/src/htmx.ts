import htmx from "htmx.org";

// No eval and no injected style element: the pages forbid both. A refused form (422) is shown like any answer.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true, error: false },
  { code: "[45]..", swap: false, error: true },
];

/** Shows the page's own sentence when an answer did not come or was an error: never a dead button. */
function tellFailure(): void {
  const notice = document.getElementById("request-failed");
  notice?.removeAttribute("hidden");
  notice?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:responseError", tellFailure);
document.addEventListener("htmx:sendError", tellFailure);
document.addEventListener("htmx:beforeRequest", () => {
  document.getElementById("request-failed")?.setAttribute("hidden", "");
});
