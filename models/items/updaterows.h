#pragma once

#include <QAbstractItemModel>

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tidemark {

// Gives a model protected access to its own row signals without repeating them in each class.
struct RowSignals {
    std::function<void(int first, int last)> aboutToRemove;
    std::function<void()> removed;
    std::function<void(int first, int last)> aboutToInsert;
    std::function<void()> inserted;
    std::function<void(int first, int last)> changed;
};

namespace detail {

// Removes the rows that are not wanted any more, a contiguous range at a time, from the end.
template <class Row, class Wanted>
void removeOthers(std::vector<Row> &rows, const Wanted &wanted, const RowSignals &tell)
{
    for (auto end = rows.end(); end != rows.begin();) {
        if (wanted(*std::prev(end))) {
            --end;
            continue;
        }
        auto first = std::prev(end);
        while (first != rows.begin() && !wanted(*std::prev(first)))
            --first;
        tell.aboutToRemove(int(first - rows.begin()), int(end - rows.begin()) - 1);
        end = rows.erase(first, end);
        tell.removed();
    }
}

// With the kept rows in the order of the new list, fills in what is new, a contiguous range at a time.
template <class Row, class Key>
void insertNew(std::vector<Row> &rows, const std::vector<Row> &target, const Key &key, const RowSignals &tell)
{
    for (std::size_t at = 0; at < target.size();) {
        if (at < rows.size() && key(rows[at]) == key(target[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < target.size() && (at >= rows.size() || key(rows[at]) != key(target[end])))
            ++end;
        tell.aboutToInsert(int(at), int(end) - 1);
        rows.insert(
            rows.begin() + qptrdiff(at), target.begin() + qptrdiff(at), target.begin() + qptrdiff(end));
        tell.inserted();
        at = end;
    }
}

template <class Row>
void changeKept(std::vector<Row> &rows, const std::vector<Row> &target, const RowSignals &tell)
{
    for (std::size_t at = 0; at < rows.size();) {
        if (rows[at] == target[at]) {
            ++at;
            continue;
        }
        const std::size_t first = at;
        for (; at < rows.size() && !(rows[at] == target[at]); ++at)
            rows[at] = target[at];
        tell.changed(int(first), int(at) - 1);
    }
}

} // namespace detail

// Turns one list of rows into another by contiguous removals, insertions and changes, so that selection and
// scroll survive. A kept row that moved is removed and inserted. Keys are unique.
template <class Row, class Key>
void updateRows(
    std::vector<Row> &rows, const std::vector<Row> &target, const Key &key, const RowSignals &tell)
{
    using KeyType = std::decay_t<decltype(key(std::declval<const Row &>()))>;
    std::unordered_map<KeyType, std::size_t> place;
    for (std::size_t i = 0; i < target.size(); ++i)
        place.emplace(key(target[i]), i);
    // Rows whose order holds: a greedy increasing run over the new places.
    std::unordered_set<KeyType> kept;
    std::size_t next = 0;
    for (const Row &row : rows) {
        const auto found = place.find(key(row));
        if (found == place.end() || found->second < next)
            continue;
        next = found->second + 1;
        kept.insert(found->first);
    }
    detail::removeOthers(
        rows, [&](const Row &row) { return kept.contains(key(row)); }, tell);
    detail::insertNew(rows, target, key, tell);
    detail::changeKept(rows, target, tell);
}

} // namespace tidemark
