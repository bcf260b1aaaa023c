/**
 * What Slack allows, and where that is written. `KIT` is docs.slack.dev/reference/block-kit, `LIMITS`
 * docs.slack.dev/apis/web-api/rate-limits; lengths are counted here in UTF-16 units: never too few.
 */

/** KIT: 50 blocks in a message, 100 in a modal or home. */
export const MESSAGE_BLOCKS = 50;
export const VIEW_BLOCKS = 100;
/** All text of a message's blocks. Nowhere written: 9,597 was accepted, 11,341 refused (bolt-js issues 2509, 2867). */
export const MESSAGE_CHARACTERS = 9000;
/** `text` beside blocks: above 4,000 it may be split into several posts (chat.postMessage); one screen is enough. */
export const FALLBACK_CHARACTERS = 3000;
/** KIT: a section's text, 3,000; an element of a context, 2,000. */
export const SECTION_CHARACTERS = 3000;
export const CONTEXT_CHARACTERS = 2000;
/** KIT: actions, 25 elements; button text 75, value 2,000. */
export const ACTIONS_ELEMENTS = 25;
export const BUTTON_CHARACTERS = 75;
export const BUTTON_VALUE_CHARACTERS = 2000;
/** KIT: modal title, submit and close 24; callback_id 255; private_metadata 3,000; input label 2,000; placeholder 150. */
export const VIEW_TITLE_CHARACTERS = 24;
export const CALLBACK_ID_CHARACTERS = 255;
export const LABEL_CHARACTERS = 2000;
export const PLACEHOLDER_CHARACTERS = 150;
/** KIT: a select has 100 options of 75 characters, with values of 150; a text input takes 3,000. */
export const SELECT_OPTIONS = 100;
export const OPTION_CHARACTERS = 75;
export const OPTION_VALUE_CHARACTERS = 150;
export const INPUT_CHARACTERS = 3000;

/** LIMITS: "1 message per second per channel". */
export const CHAT_GAP_MS = 1000;

/** Slack's own largest event is far below; what is larger did not come from it. */
export const REQUEST_BODY_BYTES = 1024 * 1024;
/** How long one call may take. The client's own default is for ever. */
export const CALL_MS = 15_000;
/** A submitted form waits 3 seconds for its answer; some of them go to the way there and back. */
export const FORM_ANSWER_MS = 2200;
/** How long an answer waits for Slack to tell the client's language. */
export const HINT_MS = 800;
