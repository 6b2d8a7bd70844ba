/**
 * ONNX Runtime beside this project's network: the same weights as an ONNX graph, both timed in turns, and the graph in
 * the network's place behind the function's HTTP. Measures only; nothing that is deployed depends on it.
 */
package org.scibert.peers;
