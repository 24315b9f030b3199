#pragma once

#include "ports/sqlsession.h"

namespace tidemark {

// Rows by the names of their columns.
class AnswerTable
{
public:
    explicit AnswerTable(const SqlRows &rows)
        : m_rows(rows)
    {
    }
    [[nodiscard]] std::size_t size() const { return m_rows.rows.size(); }
    [[nodiscard]] SqlValue at(std::size_t row, const QString &column) const
    {
        const qsizetype index = m_rows.columns.indexOf(column);
        if (index < 0 || row >= m_rows.rows.size())
            return std::nullopt;
        return m_rows.rows.at(row).at(static_cast<std::size_t>(index));
    }
    [[nodiscard]] QString text(std::size_t row, const QString &column) const
    {
        return at(row, column).value_or(QString());
    }
    [[nodiscard]] bool yes(std::size_t row, const QString &column) const
    {
        return text(row, column) == QStringLiteral("t");
    }
    [[nodiscard]] qint64 number(std::size_t row, const QString &column) const
    {
        return text(row, column).toLongLong();
    }

private:
    const SqlRows &m_rows;
};

} // namespace tidemark
