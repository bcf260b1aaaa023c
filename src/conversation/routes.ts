import { alternatives } from './answers/alternatives.ts';
import { cause } from './answers/cause.ts';
import { clarify } from './answers/clarify.ts';
import { crisis } from './answers/crisis.ts';
import { deadline } from './answers/deadline.ts';
import { eta } from './answers/eta.ts';
import { follow, unfollow } from './answers/follow.ts';
import { help } from './answers/help.ts';
import { history } from './answers/history.ts';
import { human } from './answers/human.ts';
import { language } from './answers/language.ts';
import { link } from './answers/link.ts';
import { forget, mydata, privacy } from './answers/privacy.ts';
import { quiet } from './answers/quiet.ts';
import { report } from './answers/report.ts';
import { announcements, region } from './answers/settings.ts';
import { greeting, offTopic, outdated, thanks, unknown } from './answers/small-talk.ts';
import { start } from './answers/start.ts';
import { status } from './answers/status.ts';
import { statusAll } from './answers/status-all.ts';
import { subscribe } from './answers/subscribe.ts';
import { subscriptions } from './answers/subscriptions.ts';
import { undo, unsubscribe } from './answers/unsubscribe.ts';
import { verify } from './answers/verify.ts';
import { choose } from './dialogs/choose.ts';
import type { What } from './request.ts';
import type { Answer } from './visit.ts';

/** Who answers what: the table of contents of the conversation. */
export const ROUTES: { readonly [W in What]: Answer } = {
  status,
  status_all: statusAll,
  eta,
  cause,
  alternatives,
  history,
  deadline,
  human,
  report_problem: report,

  subscribe,
  unsubscribe,
  list_subscriptions: subscriptions,
  follow,
  unfollow,
  undo,
  choose,

  language,
  region,
  quiet,
  announcements,
  privacy,
  mydata,
  forget,
  verify,
  link,

  start,
  greeting,
  help,
  thanks,
  clarify,
  unknown,
  off_topic: offTopic,
  crisis,
  outdated,
};
