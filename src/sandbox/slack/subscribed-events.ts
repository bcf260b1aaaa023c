/** What the app listens to when nothing else is said: the same as its manifest. */
export const SUBSCRIBED_EVENTS: readonly string[] = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'channel_deleted',
  'channel_left',
  'group_archive',
  'group_deleted',
  'group_left',
  'member_joined_channel',
  'message.im',
  'tokens_revoked',
];
