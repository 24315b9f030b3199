#include "settings/fieldform.h"

#include "theme/theme.h"
#include "widgets/textlabel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>

#include <algorithm>

namespace tidemark {

FieldForm::FieldForm(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QFormLayout(this))
{
    const Theme &theme = Theme::of(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(theme.px(16));
    m_layout->setVerticalSpacing(theme.px(8));
    m_layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_layout->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
}

void FieldForm::setLabelsAbove(bool above)
{
    m_layout->setRowWrapPolicy(above ? QFormLayout::WrapAllRows : QFormLayout::DontWrapRows);
}

void FieldForm::clear()
{
    while (m_layout->rowCount() > 0)
        m_layout->removeRow(0);
    m_rows.clear();
    m_item.clear();
}

void FieldForm::showItem(const QStringList &item, std::vector<Field> fields)
{
    clear();
    m_item = item;
    m_rows.reserve(fields.size());
    QWidget *before = m_tabAfter; // made anew, the editors would come last in the tab order
    for (Field &field : fields) {
        Row &row = m_rows.emplace_back();
        row.field = std::move(field);
        QWidget *editor = makeEditor(row);
        editor->setAccessibleName(row.field.label);
        editor->setObjectName(row.field.key.join(QLatin1Char('.')));
        auto *label = new TextLabel(row.field.label, FontRole::Interface, Token::T2);
        label->setBuddy(editor);
        label->setMinimumWidth(Theme::of(this).px(132));
        m_layout->addRow(label, editor);
        label->show(); // a layout shows them only later, and what is hidden takes no focus
        editor->show();
        if (before)
            setTabOrder(before, editor);
        before = editor;
    }
}

QWidget *FieldForm::makeEditor(Row &row)
{
    if (row.field.choices.empty()) {
        row.line = new QLineEdit(row.field.value);
        row.line->setPlaceholderText(row.field.hint);
        if (row.field.machine)
            row.line->setFont(Theme::of(this).font(FontRole::Mono));
        connect(row.line, &QLineEdit::textEdited, this, &FieldForm::edited);
        return row.line;
    }
    row.combo = new QComboBox;
    row.combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (const auto &[value, words] : row.field.choices)
        row.combo->addItem(words, value);
    row.combo->setCurrentIndex(std::max(0, row.combo->findData(row.field.value)));
    connect(row.combo, &QComboBox::activated, this, &FieldForm::edited);
    return row.combo;
}

QString FieldForm::textOf(const Row &row)
{
    return row.combo ? row.combo->currentData().toString() : row.line->text().trimmed();
}

std::vector<FleetEdit> FieldForm::changes() const
{
    std::vector<FleetEdit> edits;
    for (const Row &row : m_rows) {
        if (const QString text = textOf(row); text != row.field.value)
            edits.push_back({ m_item + row.field.key, text });
    }
    return edits;
}

QString FieldForm::typed(const QStringList &key) const
{
    const auto row = std::ranges::find_if(m_rows, [&](const Row &one) { return one.field.key == key; });
    return row == m_rows.end() ? QString() : textOf(*row);
}

void FieldForm::type(const QStringList &key, const QString &value)
{
    const auto row = std::ranges::find_if(m_rows, [&](const Row &one) { return one.field.key == key; });
    if (row == m_rows.end())
        return;
    if (row->combo)
        row->combo->setCurrentIndex(row->combo->findData(value));
    else
        row->line->setText(value);
    Q_EMIT edited();
}

bool FieldForm::focusField(const QStringList &key)
{
    const auto row = std::ranges::find_if(m_rows, [&](const Row &one) { return one.field.key == key; });
    if (row == m_rows.end())
        return false;
    QWidget *editor = row->combo ? static_cast<QWidget *>(row->combo) : row->line;
    editor->setFocus(Qt::ShortcutFocusReason);
    return true;
}

} // namespace tidemark
