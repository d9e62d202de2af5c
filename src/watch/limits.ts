/** How long, how many, how often: everything that decides when a room is told. Milliseconds, unless said otherwise. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** From a loss to its being told, for phones and for everything that many phones need. */
export const PHONE_GRACE_MS = 5 * MINUTE;
export const SERVICE_GRACE_MS = 30 * SECOND;

/** Losses so close together are one burst. */
export const BURST_MS = 30 * SECOND;

/** A mass event: so many with one factor, or that share of the cluster but at least so many, or so many of whatever kind, in that span. */
export const MASS_WINDOW_MS = 120 * SECOND;
export const MASS_COUNT = 20;
export const MASS_SHARE = 0.1;
export const MASS_SHARE_LEAST = 5;
export const MASS_ANYWAY = 100;
/** A mass event is told after so long at the latest: phones that fail over have registered again by then. */
export const MASS_PATIENCE_MS = 120 * SECOND;
/** One that was lost so lately may still be on its way to another node: it takes up to a minute, and a poll or two to be seen. */
export const ON_ITS_WAY_MS = 90 * SECOND;
/** Whatever has its factor joins an incident for so long after its last growth. */
export const MASS_JOIN_MS = 10 * MINUTE;

/** The machine changes a card this often at most. */
export const CARD_PACE_MS = 45 * SECOND;
/** More members than that are listed under the card. A count. */
export const DETAIL_ABOVE = 10;
/** Members on a card, and watches named in its reason. Counts. */
export const TOP_MEMBERS = 10;
export const MOST_WATCHES_NAMED = 10;
export const MOST_MOVES_NAMED = 10;

/** An incident is over when that share is settled for so long; a device that falls again within that time has not recovered. */
export const CALM_SHARE = 0.95;
export const CALM_MS = 3 * MINUTE;
export const REMIND_MS = 4 * HOUR;
/** Growth that is told: a quarter more than was told last, so long after that; but at once when it comes to be a mass event, or when that leaps. */
export const GROWTH = 1.25;
export const GROWTH_PACE_MS = 4 * MINUTE;
/** Phones that stay on another node for so long are at home there. */
export const FAILOVER_SETTLES_MS = 24 * HOUR;

/** So many changes in that span are flapping, which is over when the span has passed without one. */
export const FLAP_CHANGES = 4;
export const FLAP_MS = 30 * MINUTE;
/** So many that flap at once are one incident, whatever they have in common. A count. */
export const FLAP_TOGETHER = 5;

export const BLIND_NODE_MS = 60 * SECOND;
/**
 * A poll that fails is not blindness: a busy CUCM refuses one and answers the next. So long without any answer is. An answer is a reply that
 * shows devices: a fault, be it "asked too often", proves that somebody is there, and shows nothing of the phones.
 */
export const BLIND_CLUSTER_MS = 60 * SECOND;
/** A question that got no answer counts from when it was asked, but for no longer than that: one that hung is not enough by itself. */
export const UNANSWERED_MS = 30 * SECOND;
/** What can be seen again is looked at once more before anybody is told of a loss; and one answer is not the end of blindness. */
export const SIGHT_SETTLES_MS = 20 * SECOND;

/** Moves are told when no more have followed for so long. */
export const MOVES_SETTLE_MS = 60 * SECOND;

/** A factor is worth naming when it covers that share of the members, when no more of all devices have it than that, and when it is no chance. */
export const FACTOR_COVERS = 0.8;
export const FACTOR_COMMON = 0.9;
/** Natural logarithm of the odds against chance: about one in twenty. */
export const FACTOR_ODDS = 3;
