#include "firstrun/passworddialog.h"

#include "widgets/buttons.h"
#include "widgets/figures.h"
#include "widgets/textlabel.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tidemark {

PasswordDialog::PasswordDialog(const QString &title, const QString &who, QWidget *parent)
    : QDialog(parent)
    , m_password(new QLineEdit)
    , m_keep(new QCheckBox(tr("&Keep it in the desktop keyring")))
{
    setWindowTitle(oneLine(title));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *heading = new TextLabel(oneLine(title), FontRole::PageTitle);
    heading->setElided();
    auto *about = new TextLabel(oneLine(who), FontRole::Interface, Token::T2);
    about->setWordWrap(true);
    auto *label = new TextLabel(tr("&Password"), FontRole::Interface, Token::T2);
    m_password->setObjectName(u"password"_s);
    m_password->setAccessibleName(tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setMaxLength(32'768);
    label->setBuddy(m_password);
    m_keep->setChecked(true);
    m_keep->setObjectName(u"keepPassword"_s);
    auto *use = makeButton(tr("Use it and test"), ButtonKind::Primary);
    use->setObjectName(u"usePassword"_s);
    use->setDefault(true);
    use->setEnabled(false);
    auto *leave = makeButton(tr("Not now"));
    connect(m_password, &QLineEdit::textChanged, use,
        [use](const QString &text) { use->setEnabled(!text.isEmpty()); });
    connect(use, &QPushButton::clicked, this, &PasswordDialog::give);
    connect(leave, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(leave);
    buttons->addWidget(use);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(10);
    for (QWidget *part : std::initializer_list<QWidget *> { heading, about, label, m_password, m_keep })
        column->addWidget(part);
    column->addLayout(buttons);
    setMinimumWidth(Theme::of(this).px(420));
}

bool PasswordDialog::keep() const
{
    return m_keep->isChecked();
}

void PasswordDialog::give()
{
    const Secret password(m_password->text().toUtf8());
    m_password->clear();
    Q_EMIT given(password, keep());
    accept();
}

} // namespace tidemark
