/**
 * <use-position address="/places/here/?county=…" label="…" waiting="…" failed="…"></use-position>: asks once where one is and
 * lets that choose the place. The position is sent to be looked up and kept nowhere. Without JavaScript it is not there.
 */
import { RegionPicker } from "./region-picker";

interface Found {
  words: string;
  region?: string;
  grid?: string;
}

class UsePosition extends HTMLElement {
  connectedCallback(): void {
    if (!("geolocation" in navigator) || this.firstElementChild) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = this.getAttribute("label");
    const told = document.createElement("p");
    told.className = "field-help";
    told.setAttribute("role", "status");
    button.addEventListener("click", () => {
      told.textContent = this.getAttribute("waiting");
      navigator.geolocation.getCurrentPosition(
        (position) => void this.look(position.coords, told),
        () => this.fail(told),
        { enableHighAccuracy: true, maximumAge: 0, timeout: 20_000 },
      );
    });
    this.append(button, told);
  }

  private async look(here: GeolocationCoordinates, told: HTMLElement): Promise<void> {
    const body = new FormData();
    body.set("lon", String(here.longitude));
    body.set("lat", String(here.latitude));
    const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    const headers = { "X-CSRFToken": token };
    const answer = await fetch(this.getAttribute("address") ?? "", { method: "POST", body, headers }).catch(() => null);
    if (!answer?.ok) return this.fail(told);
    const found = (await answer.json()) as Found;
    told.textContent = found.words;
    if (found.region) this.choose(found.region, found.grid ?? "");
  }

  private choose(region: string, grid: string): void {
    const picker = document.querySelector("region-picker");
    if (picker instanceof RegionPicker) return void picker.choose(region, grid);
    const select = document.querySelector<HTMLSelectElement>("select[name=region]");
    if (!select) return;
    select.value = region;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private fail(told: HTMLElement): void {
    told.textContent = this.getAttribute("failed");
  }
}

customElements.define("use-position", UsePosition);
