/** A person's browser on the way through an installation: what it keeps is the cookie. */
export interface SlackBrowser {
  /** Sets out at our address. Returns where Slack asks for agreement. */
  setOut(): Promise<string>;
  /** Agrees there for a workspace, or cancels with an empty id. Returns where Slack sends the browser back to. */
  agree(agreeUrl: string, team: string): Promise<string>;
  comeBack(url: string): Promise<{ readonly status: number; readonly page: string }>;
  /** All three. */
  install(team: string): Promise<{ readonly status: number; readonly page: string }>;
}

/** @param base our own address */
export function slackBrowser(base: string, language = 'ko'): SlackBrowser {
  let cookie = '';
  const ask = (url: string, more: RequestInit = {}) =>
    fetch(url, { redirect: 'manual', ...more, headers: { cookie, 'accept-language': language } });
  const browser: SlackBrowser = {
    async setOut() {
      const response = await ask(`${base}/slack/install`);
      cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      return response.headers.get('location') ?? '';
    },
    async agree(agreeUrl, team) {
      const response = await fetch(agreeUrl, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ team }),
      });
      return response.headers.get('location') ?? '';
    },
    async comeBack(url) {
      const response = await ask(url);
      return { status: response.status, page: await response.text() };
    },
    install: async (team) => browser.comeBack(await browser.agree(await browser.setOut(), team)),
  };
  return browser;
}
