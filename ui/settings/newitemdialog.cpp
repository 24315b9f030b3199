#include "settings/newitemdialog.h"

#include "widgets/buttons.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QFormLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace tidemark {

NewItemDialog::NewItemDialog(const QString &title, const QString &nameLabel, const QString &valueLabel,
    const QString &valueHint, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit)
    , m_value(new QLineEdit)
    , m_words(new TextLabel({}, FontRole::Secondary, Token::Fail))
    , m_add(makeButton(tr("Add it"), ButtonKind::Primary))
{
    const Theme &theme = Theme::of(this);
    setWindowTitle(title);
    m_name->setObjectName(u"name"_s);
    m_value->setObjectName(u"value"_s);
    m_value->setPlaceholderText(valueHint);
    m_value->setFont(theme.font(FontRole::Mono));
    auto *form = new QFormLayout;
    const auto addRow = [form](const QString &label, QLineEdit *line) {
        line->setAccessibleName(label);
        auto *words = new TextLabel(label, FontRole::Interface, Token::T2);
        words->setBuddy(line);
        form->addRow(words, line);
    };
    addRow(nameLabel, m_name);
    addRow(valueLabel, m_value);
    auto *leave = makeButton(tr("Leave it"));
    connect(leave, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_name, &QLineEdit::textChanged, this, &NewItemDialog::check);
    connect(m_value, &QLineEdit::textChanged, this, &NewItemDialog::check);
    m_add->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(leave);
    buttons->addWidget(m_add);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16));
    column->setSpacing(theme.px(12));
    column->addWidget(new TextLabel(title, FontRole::PageTitle));
    column->addLayout(form);
    column->addWidget(m_words);
    column->addLayout(buttons);
    setMinimumWidth(theme.px(440));
    check();
}

void NewItemDialog::refuse(const QStringList &names)
{
    m_taken = names;
    check();
}

void NewItemDialog::check()
{
    const bool taken = m_taken.contains(name());
    m_words->setText(taken ? tr("The file has one of this name already.") : QString());
    m_add->setEnabled(!taken && !name().isEmpty() && !value().isEmpty());
}

QString NewItemDialog::name() const
{
    return m_name->text().trimmed();
}

QString NewItemDialog::value() const
{
    return m_value->text().trimmed();
}

} // namespace tidemark
