#include "widgets/copydialog.h"

#include "widgets/buttons.h"
#include "widgets/figures.h"
#include "widgets/textlabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tidemark {

QPlainTextEdit *makeExactText(const QString &text, const QString &name)
{
    auto *view = new QPlainTextEdit(text);
    view->setReadOnly(true);
    view->setFont(Theme::of(view).font(FontRole::Mono));
    view->setObjectName(u"exactText"_s);
    view->setAccessibleName(name);
    view->setTabChangesFocus(true);
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    return view;
}

CopyDialog::CopyDialog(const QString &title, const QString &why, const QString &text, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(oneLine(title));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *heading = new TextLabel(oneLine(title), FontRole::PageTitle);
    heading->setElided();
    auto *reason = new TextLabel(why, FontRole::Interface, Token::T2);
    reason->setWordWrap(true);
    QPlainTextEdit *view = makeExactText(text, title);
    auto *copy = makeButton(tr("Copy"), ButtonKind::Primary, u"copy"_s);
    copy->setObjectName(u"copyText"_s);
    auto *close = makeButton(tr("Close"));
    connect(copy, &QPushButton::clicked, this, [this, text] {
        QGuiApplication::clipboard()->setText(text);
        Q_EMIT copied();
        accept();
    });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(heading);
    column->addWidget(reason);
    column->addWidget(view, 1);
    column->addLayout(buttons);
    resize(Theme::of(this).px(640), Theme::of(this).px(340));
    copy->setFocus();
}

} // namespace tidemark
