// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// Where a row's values are: a driver's statement or result, on the row that it is at.
///
/// Columns are counted from 0. None of these may be asked of a column that holds NULL, but `isNull`.
// Wide because: it has one way of reading for each kind of column.
package protocol RowSource: AnyObject {
    var columnCount: Int { get }
    func name(of column: Int) -> String
    func isNull(_ column: Int) -> Bool
    func boolean(_ column: Int) throws(DatabaseError) -> Bool
    func integer(_ column: Int) throws(DatabaseError) -> Int64
    func double(_ column: Int) throws(DatabaseError) -> Double
    /// A text, or what a JSON column holds.
    func text(_ column: Int) throws(DatabaseError) -> String
    func bytes(_ column: Int) throws(DatabaseError) -> [UInt8]
    func timestamp(_ column: Int) throws(DatabaseError) -> Date
    func uuid(_ column: Int) throws(DatabaseError) -> UUID
    func decimal(_ column: Int) throws(DatabaseError) -> Decimal
    /// The value as the database's own type of the column tells.
    func value(_ column: Int) throws(DatabaseError) -> SQLValue
}
