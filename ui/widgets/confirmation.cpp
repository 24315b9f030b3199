#include "widgets/confirmation.h"

#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/environmentblock.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

bool confirmsWithEnter(const Confirmation &about)
{
    const bool harmless = about.environment == Environment::Test || about.environment == Environment::Lab;
    return about.level == Confirmation::Level::Change && harmless;
}

TextLabel *wrapped(const QString &text, FontRole role, Token token, QWidget *parent)
{
    auto *label = new TextLabel(text, role, token, parent);
    label->setWordWrap(true);
    label->setSelectable();
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

} // namespace

ConfirmationDialog::ConfirmationDialog(const Confirmation &about, QWidget *parent)
    : QDialog(parent)
    , m_about(about)
{
    setWindowTitle(about.title);
    setAccessibleDescription(about.text);
    auto *edge = new EnvironmentEdge(this);
    edge->setEnvironment(about.environment);
    auto *column = new QVBoxLayout;
    m_column = column;
    column->setContentsMargins(14, 14, 16, 16);
    column->setSpacing(8);
    column->addWidget(wrapped(about.title, FontRole::PageTitle, Token::T1, this));
    column->addWidget(wrapped(about.text, FontRole::Interface, Token::T1, this));
    if (!about.command.isEmpty())
        column->addWidget(wrapped(about.command, FontRole::Mono, Token::T1, this));
    if (!about.wayBack.isEmpty())
        column->addWidget(wrapped(about.wayBack, FontRole::Interface, Token::T2, this));
    if (about.level == Confirmation::Level::Destroy)
        addTyping(column);
    column->addSpacing(4);
    column->addLayout(buttons());
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(new EnvironmentHeading(about.environment, about.target));
    right->addLayout(column);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(edge);
    row->addLayout(right, 1);
    setFixedWidth(Theme::of(this).px(424));
    (m_typed ? static_cast<QWidget *>(m_typed) : m_keep)->setFocus();
}

void ConfirmationDialog::insert(QWidget *widget)
{
    m_column->insertWidget(2, widget); // behind title and text
}

void ConfirmationDialog::setActEnabled(bool enabled)
{
    m_act->setEnabled(enabled);
}

void ConfirmationDialog::addTyping(QBoxLayout *column)
{
    m_typed = new QLineEdit(this);
    m_typed->setFont(Theme::of(this).font(FontRole::Mono));
    auto *label = new TextLabel(tr("&Type the name %1").arg(QString(m_about.target).replace(u"&"_s, u"&&"_s)),
        FontRole::Secondary, Token::T2, this);
    label->setBuddy(m_typed);
    m_typed->setAccessibleName(tr("Type the name %1").arg(m_about.target));
    connect(m_typed, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_act->setEnabled(text == m_about.target); });
    column->addSpacing(4);
    column->addWidget(label);
    column->addWidget(m_typed);
}

QLayout *ConfirmationDialog::buttons()
{
    const bool destroys = m_about.level == Confirmation::Level::Destroy;
    auto *row = new QHBoxLayout;
    const QString hint = confirmsWithEnter(m_about) ? QString() : tr("Enter does nothing here");
    row->addWidget(new TextLabel(hint, FontRole::Secondary, Token::T2, this));
    row->addStretch(1);
    m_keep = makeButton(m_about.keep, ButtonKind::Normal, {}, this);
    m_act = makeButton(m_about.act, destroys ? ButtonKind::Destructive : ButtonKind::Primary, {}, this);
    m_act->setEnabled(!destroys);
    connect(m_keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_act, &QPushButton::clicked, this, &QDialog::accept);
    row->addWidget(m_keep);
    row->addWidget(m_act);
    return row;
}

void ConfirmationDialog::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        return QDialog::keyPressEvent(event);
    if (confirmsWithEnter(m_about) && m_act->isEnabled())
        accept();
}

} // namespace tidemark
