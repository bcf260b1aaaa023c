import { card } from '../../card/card.ts';
import { statusOf } from '../../domain/status.ts';
import { reportProblem } from '../../operations/reports.ts';
import { statusLine } from '../../wording/status-line.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import { nameOfService } from '../names.ts';
import type { Answer } from '../visit.ts';
import { regionOf } from '../visit.ts';
import { awaitedOf } from './lists.ts';
import { followButton, isSubscribed } from './status.ts';
import { perService, phoneOf } from './subject.ts';

/** "It does not work for me either": counted once a person and service in 30 minutes. Anybody in a group may. */
export const report: Answer = async (visit, asked) => {
  const result = await perService('report_problem', async (here, service) => {
    const { say, context, turn, language, now } = here;
    const region = regionOf(here, asked);
    const outcome = await reportProblem(context, {
      service: service.id,
      chat: turn.chat,
      person: turn.person,
      region,
    });
    const name = nameOfService(here, service);
    const status = statusOf(service.id, await here.facts(), context.catalogue, region);
    const awaited = awaitedOf(status);
    const target = serviceTarget(service.id);
    const subscribed = isSubscribed(here, service);
    const told = subscribed ? 'answers.report.willTell' : 'answers.report.notDeclared';
    return card(say(outcome === 'counted' ? 'answers.report.counted' : 'answers.report.already', { name }), {
      tone: 'info',
      sections: [
        { label: null, lines: [say('answers.report.seen')] },
        {
          label: say('answers.label.onRecord'),
          lines: [statusLine(status, context.catalogue, language, now)],
        },
        ...(awaited === null && status.elsewhere.length === 0 ? [{ label: null, lines: [say(told)] }] : []),
      ],
      footer: say('answers.askByPhone', { phone: phoneOf(here, service) }),
      buttons: [
        [
          ...(awaited === null ? [] : [followButton(here, service.id, awaited)]),
          ...(awaited === null && !subscribed
            ? [ask(say('answers.button.subscribe'), 'subscribe', target)]
            : []),
          ask(say('answers.button.alternatives'), 'alternatives', target),
        ],
      ],
    });
  })(visit, asked);
  if (!asked.pressed) return result;
  return { ...result, reply: { ...result.reply, privately: true, toast: visit.say('answers.report.toast') } };
};
