/** The six topics of a ticket (the guide, §8.3), by the console's own names; how a platform writes them is in its profile. */
export const ticketTopics = ['support', 'bug', 'balance', 'migration', 'other', 'refund'] as const
