/** What Telegram allows, and where that is written. `BOT API` is core.telegram.org/bots/api, `FAQ` core.telegram.org/bots/faq. */

/** sendMessage: "1-4096 characters after entities parsing" (BOT API). Counted here in UTF-16 units: never too few. */
export const MESSAGE_CHARACTERS = 4096;
/** MessageEntity: a message keeps its first 100 entities (BOT API, formatting options). */
export const MESSAGE_ENTITIES = 100;
/** answerCallbackQuery: "0-200 characters" (BOT API). */
export const TOAST_CHARACTERS = 200;
/** InlineKeyboardButton.callback_data: "1-64 bytes" (BOT API). */
export const CALLBACK_DATA_BYTES = 64;
/** An inline keyboard is refused above 100 buttons, and drawn in rows of at most 8 (seen in clients). */
export const KEYBOARD_BUTTONS = 100;
export const KEYBOARD_ROW = 8;

/** "Avoid sending more than one message per second" to one chat (FAQ). */
export const CHAT_GAP_MS = 1000;
/** "Not be able to send more than 20 messages per minute to the same group" (FAQ). */
export const GROUP_MESSAGES_PER_MINUTE = 20;
export const GROUP_GAP_MS = 60_000 / GROUP_MESSAGES_PER_MINUTE;

/** getUpdates: limit 1-100, long polling up to 50 seconds (BOT API server). */
export const POLL_LIMIT = 100;
export const POLL_SECONDS = 50;
/** Far above any update; what is larger did not come from Telegram. */
export const WEBHOOK_BODY_BYTES = 1024 * 1024;

/** How long one call may take. grammY's own default is 500 seconds. */
export const CALL_SECONDS = 20;
