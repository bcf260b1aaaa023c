import { type Mailing, PEER_SENDERS } from './delivery-peer-senders.ts';

/* One peer in a process of its own: `delivery-peer-process.ts NAME`, and the mailing as a message. */
const peer = PEER_SENDERS.find(({ name }) => name === process.argv[2]);
if (peer === undefined) throw new Error(`There is no peer called ${process.argv[2]}.`);

process.on('message', (mailing: Mailing) => void peer.send(mailing));
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
