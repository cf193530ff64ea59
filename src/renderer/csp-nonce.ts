/** The nonce that main gave this load. It is read as a property: browsers hide the attribute's text. */
export const cspNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
