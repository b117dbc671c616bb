/**
 * What those who run a job see of its learning: tabs of the job's page, actions on them, the API.
 */
package org.atelier.learning.dashboard;
