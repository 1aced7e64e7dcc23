package twitchactors.node

/** The process whose embedded services were used has ended; what was begun can be begun again, with services of one's own. */
class OwnerGone : RuntimeException("the process that ran the services has ended")
