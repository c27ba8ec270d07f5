/** Owns what dashboards show of entries as a whole. Counted by few queries at an interval, never at a request. */
package dev.latchkey.flow.metric;
