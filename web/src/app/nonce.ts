/** The page's CSP nonce, required for every style that is added while the app runs. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
