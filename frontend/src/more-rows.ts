/**
 * <more-rows data-most="40"><fieldset data-row>… <span data-number>1</span> … name="what_1" … <button data-up hidden>
 * <button data-remove hidden></fieldset> … <button data-more hidden> <output data-total="amount" data-words="{sum}" hidden></more-rows>:
 * as many rows of questions as there is something to say in them. Without JavaScript the rows the server drew stay.
 */
const ENDS_IN_NUMBER = /_\d+(?=_|$)/;
const NUMBERED = ["name", "id", "for", "aria-describedby"];

class MoreRows extends HTMLElement {
  private blank!: HTMLElement;
  private readonly summed = (): void => this.sum();

  connectedCallback(): void {
    const rows = this.rows();
    if (this.blank || !rows.length) return;
    this.blank = emptied(rows[0]!);
    for (const row of rows.slice(1)) if (isEmpty(row) && !row.querySelector(".has-error")) row.remove();
    this.addEventListener("click", (event) => this.press(event));
    this.addEventListener("input", this.summed);
    this.number();
  }

  private rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-row]")];
  }

  private press(event: Event): void {
    const button = (event.target as Element).closest("button");
    const row = button?.closest<HTMLElement>("[data-row]");
    if (button?.hasAttribute("data-more")) this.more();
    if (row && button?.hasAttribute("data-up")) this.up(row, button);
    if (row && button?.hasAttribute("data-remove")) this.takeAway(row);
  }

  private more(): void {
    const row = this.blank.cloneNode(true) as HTMLElement;
    this.rows().at(-1)!.after(row);
    this.number();
    first(row)?.focus();
  }

  private up(row: HTMLElement, button: HTMLElement): void {
    this.rows()[this.rows().indexOf(row) - 1]?.before(row);
    this.number();
    (button.hidden ? first(row) : button)?.focus();
  }

  private takeAway(row: HTMLElement): void {
    const before = this.rows()[Math.max(0, this.rows().indexOf(row) - 1)];
    row.remove();
    this.number();
    first(before === row ? this.rows()[0]! : before!)?.focus();
  }

  private number(): void {
    const rows = this.rows();
    rows.forEach((row, at) => {
      renumber(row, at + 1);
      this.offer(row.querySelector("[data-up]"), at > 0);
      this.offer(row.querySelector("[data-remove]"), rows.length > 1);
    });
    this.offer(this.querySelector("[data-more]"), rows.length < Number(this.dataset.most ?? 20));
    this.sum();
  }

  private offer(button: Element | null, wanted: boolean): void {
    button?.toggleAttribute("hidden", !wanted);
  }

  private sum(): void {
    const shown = this.querySelector<HTMLElement>("[data-total]");
    if (!shown) return;
    const fields = this.querySelectorAll<HTMLInputElement>(`[name^="${shown.dataset.total}_"]`);
    const cents = [...fields].reduce((all, field) => all + Math.round((Number(field.value) || 0) * 100), 0);
    const sum = (cents / 100).toLocaleString("zh-CN", { minimumFractionDigits: cents % 100 ? 2 : 0 });
    shown.hidden = !cents;
    shown.textContent = (shown.dataset.words ?? "{sum}").replace("{sum}", sum);
  }
}

function fieldsOf(row: HTMLElement): NodeListOf<HTMLInputElement | HTMLSelectElement> {
  return row.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select, textarea");
}

function first(row: HTMLElement): HTMLElement | undefined {
  return fieldsOf(row)[0];
}

function isEmpty(row: HTMLElement): boolean {
  return [...fieldsOf(row)].every((field) => !field.value);
}

function emptied(row: HTMLElement): HTMLElement {
  const blank = row.cloneNode(true) as HTMLElement;
  for (const wrong of blank.querySelectorAll(".errorlist")) wrong.remove();
  for (const field of blank.querySelectorAll(".has-error")) field.classList.remove("has-error");
  for (const field of fieldsOf(blank)) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("value");
    field.value = "";
    for (const chosen of field.querySelectorAll("option[selected]")) chosen.removeAttribute("selected");
  }
  return blank;
}

function renumber(row: HTMLElement, number: number): void {
  for (const shown of row.querySelectorAll("[data-number]")) shown.textContent = String(number);
  for (const attribute of NUMBERED) {
    for (const each of row.querySelectorAll(`[${attribute}]`)) {
      each.setAttribute(attribute, each.getAttribute(attribute)!.replaceAll(new RegExp(ENDS_IN_NUMBER, "g"), `_${number}`));
    }
  }
}

customElements.define("more-rows", MoreRows);
