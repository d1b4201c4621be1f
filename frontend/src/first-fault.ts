/**
 * A form came back refused: staff stand at the first answer that is wrong, ready to type; a resident at the words that
 * say what is wrong, which are read out and do not move the page away.
 */
export function standAtFault(): boolean {
  const said = document.querySelector<HTMLElement>("[data-first-error]");
  const wrong = document.body.classList.contains("desk")
    ? document.querySelector<HTMLElement>("[aria-invalid=true]:not([hidden], [type=hidden])")
    : null;
  (wrong ?? said)?.focus();
  return said !== null;
}
