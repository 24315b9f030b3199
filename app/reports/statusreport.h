#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <vector>

namespace tidemark {

struct ReportTable {
    QString title;
    QStringList heads;
    QList<QStringList> rows;
    QString none; // in place of a table without rows

    bool operator==(const ReportTable &) const = default;
};

// What a page said at one moment, worded by the page.
struct StatusReport {
    QString title;
    QString at; // when, and how fresh
    QString sentence;
    QString support;
    QStringList counts;
    std::vector<ReportTable> tables;

    bool operator==(const StatusReport &) const = default;
};

// Text from outside stays text: nothing in a name becomes markup or ends a row.
[[nodiscard]] QByteArray markdownOf(const StatusReport &report);
// RFC 4180, with a row of heads. A cell that a spreadsheet would take for a formula is led by an apostrophe.
[[nodiscard]] QByteArray csvOf(const ReportTable &table);

} // namespace tidemark
