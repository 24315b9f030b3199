#include "widgets/acceptdialog.h"

#include "widgets/buttons.h"
#include "widgets/figures.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace tidemark {

AcceptDialog::AcceptDialog(const QString &what, const QString &means, QWidget *parent)
    : QDialog(parent)
    , m_reason(new QLineEdit(this))
{
    const Theme &theme = Theme::of(this);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Accept once"));
    setAccessibleDescription(means);
    m_reason->setObjectName(u"reason"_s);
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(500);
    auto *accept = makeButton(tr("Accept it once"), ButtonKind::Primary);
    accept->setObjectName(u"acceptOnce"_s);
    accept->setEnabled(false);
    auto *leave = makeButton(tr("Leave it open"));
    connect(m_reason, &QLineEdit::textChanged, accept,
        [this, accept] { accept->setEnabled(!reason().isEmpty()); });
    connect(accept, &QPushButton::clicked, this, &QDialog::accept);
    connect(leave, &QPushButton::clicked, this, &QDialog::reject);
    accept->setDefault(true);

    auto *title = new TextLabel(oneLine(what), FontRole::PageTitle);
    auto *words = new TextLabel(means, FontRole::Interface, Token::T2);
    for (TextLabel *label : { title, words })
        label->setWordWrap(true);
    auto *label
        = new TextLabel(tr("&Reason, kept with your name and the time"), FontRole::Secondary, Token::T2);
    label->setBuddy(m_reason);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(leave);
    buttons->addWidget(accept);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16));
    column->setSpacing(theme.px(8));
    column->addWidget(title);
    column->addWidget(words);
    column->addSpacing(theme.px(4));
    column->addWidget(label);
    column->addWidget(m_reason);
    column->addSpacing(theme.px(8));
    column->addLayout(buttons);
    setMinimumWidth(theme.px(440));
    m_reason->setFocus();
}

QString AcceptDialog::reason() const
{
    return m_reason->text().trimmed();
}

} // namespace tidemark
