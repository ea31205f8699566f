/// AWS's grammar of conditions, filters, key conditions, projections and updates.
///
/// A text is cut (`Tokens`), read (`ConditionReader`, `KeyConditionReader`, `OperandReader`,
/// `UpdateReader`) into what it means (`Condition`, `KeyCondition`, `Projection`, `Update`), kept
/// in an `ExpressionCache`, checked against a request's `Placeholders`, then evaluated on items as
/// often as wanted. What is refused is an `InvalidExpression`, whose message is DynamoDB's; of
/// several faults, `Refusals` picks the one that DynamoDB names.
///
/// @see <a
///   href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html">Using
///   expressions in DynamoDB</a>
package io.quantchat.infra.database.expression;
