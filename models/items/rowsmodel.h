#pragma once

#include "items/cell.h"
#include "items/updaterows.h"

#include <QAbstractTableModel>

#include <functional>
#include <vector>

namespace tidemark {

// A table over a vector of values, in the order it was given. Words are made by whoever shows it, so the
// model knows no language and no zone. Row needs ==, and a key() that is unique in the table.
template <class Row>
class RowsModel : public QAbstractTableModel
{
public:
    using Words = std::function<Cell(const Row &row, int column)>;

    RowsModel(int columns, Words words, QObject *parent)
        : QAbstractTableModel(parent)
        , m_columns(columns)
        , m_words(std::move(words))
        , m_headers(std::size_t(columns))
    {
    }

    void setHeaders(const QStringList &headers)
    {
        m_headers.assign(headers.begin(), headers.end());
        m_headers.resize(std::size_t(m_columns));
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, m_columns - 1);
    }
    void setRows(const std::vector<Row> &rows)
    {
        updateRows(
            m_rows, rows, [](const Row &row) { return row.key(); }, rowSignals());
    }
    // The same facts in other words: the zone, the language or the time of day changed.
    void reword()
    {
        if (!m_rows.empty())
            tellChanged(0, int(m_rows.size()) - 1);
    }
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    [[nodiscard]] const Row &row(int at) const { return m_rows.at(std::size_t(at)); }
    [[nodiscard]] int find(const QString &key) const
    {
        for (std::size_t at = 0; at < m_rows.size(); ++at)
            if (m_rows[at].key() == key)
                return int(at);
        return -1;
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : m_columns;
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0 && section < m_columns)
            return m_headers[std::size_t(section)];
        return {};
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const Row &row = m_rows[std::size_t(index.row())];
        if (role == KeyRole)
            return row.key();
        if (role == EnvironmentRole)
            return QVariant::fromValue(environmentOf(row));
        return cellData(row, index.column(), role);
    }

protected:
    [[nodiscard]] virtual Environment environmentOf(const Row &) const { return Environment::Unset; }
    [[nodiscard]] std::vector<Row> &mutableRows() { return m_rows; }
    void tellChanged(int first, int last) { Q_EMIT dataChanged(index(first, 0), index(last, m_columns - 1)); }

private:
    [[nodiscard]] static bool worded(int role)
    {
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole || role == Qt::ToolTipRole
            || role == FaintRole || (role >= StandingRole && role < KeyRole);
    }
    [[nodiscard]] QVariant cellData(const Row &row, int column, int role) const
    {
        if (!worded(role))
            return {};
        const Cell cell = m_words(row, column);
        switch (role) {
        case Qt::DisplayRole:
            return cell.text;
        case Qt::AccessibleTextRole:
            return spoken(cell);
        case Qt::ToolTipRole:
            return cell.tip.isEmpty() ? QVariant() : QVariant(cell.tip);
        case StandingRole:
            return QVariant::fromValue(cell.standing);
        case DetailRole:
            return cell.detail;
        case FaintRole:
            return cell.faint;
        case AsideRole:
            return cell.aside;
        case ActionRole:
            return cell.action;
        case BarRole:
            return cell.bar ? QVariant(*cell.bar) : QVariant();
        case SortRole:
            return cell.sort.isValid() ? cell.sort : QVariant(cell.text);
        default:
            return {};
        }
    }
    [[nodiscard]] static QString spoken(const Cell &cell)
    {
        QStringList parts { cell.text, cell.detail, cell.aside, cell.action };
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    [[nodiscard]] RowSignals rowSignals()
    {
        return { [this](int first, int last) { beginRemoveRows({}, first, last); },
            [this] { endRemoveRows(); }, [this](int first, int last) { beginInsertRows({}, first, last); },
            [this] { endInsertRows(); }, [this](int first, int last) { tellChanged(first, last); } };
    }

    int m_columns;
    Words m_words;
    std::vector<QString> m_headers;
    std::vector<Row> m_rows;
};

} // namespace tidemark
