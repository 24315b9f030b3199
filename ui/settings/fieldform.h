#pragma once

#include "ports/fleetfile.h"

#include <QPointer>
#include <QWidget>

#include <utility>
#include <vector>

class QComboBox;
class QFormLayout;
class QLineEdit;

namespace tidemark {

// One value of the fleet file that a person may change: where it stands below its item, and what it is now.
struct Field {
    QStringList key; // { "connect", "host" }
    QString label;
    QString value;
    QString hint; // in the empty field
    std::vector<std::pair<QString, QString>> choices; // value and words; none: any text
    bool machine = false; // names, paths, addresses: in the machine's face
};

// A form over such values. What was typed stays until it is shown anew; changes() is what would be written.
class FieldForm : public QWidget
{
    Q_OBJECT

public:
    explicit FieldForm(QWidget *parent = nullptr);

    // `item` is the path the keys stand below: { "clusters", "oltp-db" }.
    void showItem(const QStringList &item, std::vector<Field> fields);
    void clear();

    void setLabelsAbove(bool above);
    // What Tab leaves for the first field.
    void setTabAfter(QWidget *before) { m_tabAfter = before; }

    [[nodiscard]] std::vector<FleetEdit> changes() const;
    [[nodiscard]] bool isChanged() const { return !changes().empty(); }
    // As typed, for a test of the connection before anything is written.
    [[nodiscard]] QString typed(const QStringList &key) const;
    void type(const QStringList &key, const QString &value);
    // Gives the focus to that value; false: the form has none of this key.
    bool focusField(const QStringList &key);

Q_SIGNALS:
    void edited();

private:
    struct Row {
        Field field;
        QLineEdit *line = nullptr;
        QComboBox *combo = nullptr;
    };
    [[nodiscard]] static QString textOf(const Row &row);
    [[nodiscard]] QWidget *makeEditor(Row &row);

    QStringList m_item;
    QPointer<QWidget> m_tabAfter;
    std::vector<Row> m_rows;
    QFormLayout *m_layout;
};

} // namespace tidemark
