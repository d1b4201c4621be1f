/**
 * <pass-key does="create|get" options="id of a JSON block" from="/address/of/options/">…</pass-key>
 * Around a form with a hidden field `credential`: asks the device for a passkey before the form is sent. Says in its
 * own sentences ([data-cannot], [data-failed], [data-known]) what did not work. Without JavaScript the form stays hidden.
 */
type Options = { publicKey: Record<string, unknown> };

const decode = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0)).buffer;

const encode = (bytes: ArrayBuffer | null): string | undefined =>
  bytes === null
    ? undefined
    : btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** The server writes bytes as base64url; the browser wants bytes: in `challenge` and in every `id` but the site's. */
function readied(value: unknown, name = "", within = ""): unknown {
  if (typeof value === "string") return name === "challenge" || (name === "id" && within !== "rp") ? decode(value) : value;
  if (Array.isArray(value)) return value.map((each) => readied(each, "", name));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, readied(each, key, name)]));
}

function written(credential: PublicKeyCredential): string {
  const answer = credential.response;
  const response: Record<string, unknown> = { clientDataJSON: encode(answer.clientDataJSON) };
  if (answer instanceof AuthenticatorAttestationResponse) {
    response.attestationObject = encode(answer.attestationObject);
    response.transports = answer.getTransports?.() ?? [];
  } else if (answer instanceof AuthenticatorAssertionResponse) {
    response.authenticatorData = encode(answer.authenticatorData);
    response.signature = encode(answer.signature);
    response.userHandle = encode(answer.userHandle);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

class PassKey extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    if (form === null) return;
    const isNumbers = /^[\d.]+$|^\[/.test(location.hostname);
    if (!window.isSecureContext || !("PublicKeyCredential" in window) || isNumbers) return this.say("cannot");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send(form);
    });
  }

  private async send(form: HTMLFormElement): Promise<void> {
    const field = form.elements.namedItem("credential");
    const button = form.querySelector("button");
    if (!(field instanceof HTMLInputElement) || button === null) return;
    button.disabled = true;
    this.say("");
    try {
      field.value = written(await this.asked());
      HTMLFormElement.prototype.submit.call(form);
    } catch (fault) {
      button.disabled = false;
      this.say(fault instanceof DOMException && fault.name === "InvalidStateError" ? "known" : "failed");
    }
  }

  private async asked(): Promise<PublicKeyCredential> {
    const options = readied(await this.options()) as CredentialCreationOptions & CredentialRequestOptions;
    const asks = navigator.credentials;
    const found = this.getAttribute("does") === "create" ? await asks.create(options) : await asks.get(options);
    if (!(found instanceof PublicKeyCredential)) throw new DOMException("", "NotAllowedError");
    return found;
  }

  private async options(): Promise<Options> {
    const from = this.getAttribute("from");
    if (from === null) {
      return JSON.parse(document.getElementById(this.getAttribute("options") ?? "")?.textContent ?? "") as Options;
    }
    const answer = await fetch(from, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new DOMException("", "NotAllowedError");
    return ((await answer.json()) as { request_options: Options }).request_options;
  }

  private say(which: string): void {
    for (const words of this.querySelectorAll<HTMLElement>("[data-says]")) words.hidden = words.dataset.says !== which;
  }
}

customElements.define("pass-key", PassKey);
