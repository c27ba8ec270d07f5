/**
 * Owns the programming model: what an integration is, and how a flow is written. Knows neither how flows are kept and driven nor
 * how entries are stored; both are behind {@link dev.latchkey.flow.configflow.FlowContext}.
 */
package dev.latchkey.flow.configflow;
