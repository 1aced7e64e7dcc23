package twitchactors.sources

/** No account of ours may read who is in this chat: another source is to be asked. */
class NotPermitted internal constructor() : NoAnswer("no account that authorized us may read who is in this chat")
