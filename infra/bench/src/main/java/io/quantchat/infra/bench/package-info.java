/// The benchmarks, each in a package of its own: `./quantchat bench NAME`. None of it is shipped,
/// and nothing else needs it.
///
/// - `relay`: messages a second through one machine, and how fast they arrive, beside other commits
///   (`checkout`) and Prosody (`xmpp`), each under the same load (`load`)
/// - `start`: how soon one machine is ready, and what it does in its first seconds
/// - `cold`: how long each function takes to wake, beside the functions of `infra/bench/baseline`,
///   which answer the same requests as a tutorial would; `cold-start.svg` is its chart
/// - `warm`: a request's cost to a function that is awake
/// - `cost`: dollars on AWS, and which quota breaks first
/// - `encryption`: end-to-end encryption's cost to a client
package io.quantchat.infra.bench;
