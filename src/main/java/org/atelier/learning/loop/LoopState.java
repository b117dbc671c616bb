package org.atelier.learning.loop;

import org.atelier.learning.campaign.CampaignState;

/**
 * What a job's loop remembers between steps.
 *
 * @param campaign the campaign
 * @param watch the watch over accepted labels, null while nothing is accepted
 */
record LoopState(CampaignState campaign, Watch watch) {}
