import { eachDatabase, emptiedStores } from '../support/databases.ts';
import { findsAudiences } from './store-audience.ts';
import { keepsChats } from './store-chats.ts';
import { keepsDoors } from './store-doors.ts';
import { keepsFacts } from './store-facts.ts';
import { keepsOutbox } from './store-outbox.ts';
import { clock } from './store-samples.ts';

eachDatabase('the store', (kind) => {
  const next = emptiedStores(kind, clock);
  const open = async () => (await next()).store;
  keepsFacts(open);
  keepsChats(open);
  keepsDoors(open);
  findsAudiences(open);
  keepsOutbox(open);
});
