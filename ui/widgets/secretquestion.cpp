#include "widgets/secretquestion.h"

#include "theme/errortext.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/textlabel.h"

#include <QAction>
#include <QBoxLayout>
#include <QCheckBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace tidemark {

static QLineEdit *secretLine(QWidget *parent)
{
    auto *line = new QLineEdit(parent);
    line->setEchoMode(QLineEdit::Password);
    line->setFont(Theme::of(parent).font(FontRole::Mono));
    line->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    QAction *eye = line->addAction(Theme::of(parent).icon(u"eye"_s), QLineEdit::TrailingPosition);
    eye->setCheckable(true);
    eye->setText(SecretQuestion::tr("Show what is typed"));
    QObject::connect(eye, &QAction::toggled, line,
        [line](bool shown) { line->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password); });
    return line;
}

SecretQuestion::SecretQuestion(const QString &title, const QString &why, QWidget *parent)
    : QDialog(parent)
    , m_line(secretLine(this))
    , m_keep(new QCheckBox(tr("Keep it in the desktop's keyring"), this))
{
    const Theme &theme = Theme::of(this);
    setWindowTitle(title);
    setAccessibleName(title);
    setAccessibleDescription(why);
    m_line->setAccessibleName(tr("Secret"));
    auto *use = makeButton(tr("Use it"), ButtonKind::Primary);
    auto *refuse = makeButton(tr("Not now"));
    use->setDefault(true);
    use->setEnabled(false);
    connect(m_line, &QLineEdit::textChanged, use,
        [use](const QString &text) { use->setEnabled(!text.isEmpty()); });
    connect(use, &QPushButton::clicked, this, &QDialog::accept);
    connect(refuse, &QPushButton::clicked, this, &QDialog::reject);

    auto *heading = new TextLabel(title, FontRole::PageTitle);
    auto *reason = new TextLabel(why, FontRole::Interface, Token::T2);
    for (TextLabel *label : { heading, reason })
        label->setWordWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(refuse);
    buttons->addWidget(use);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16));
    column->setSpacing(theme.px(8));
    column->addWidget(heading);
    column->addWidget(reason);
    column->addWidget(m_line);
    column->addWidget(m_keep);
    column->addSpacing(theme.px(8));
    column->addLayout(buttons);
    setMinimumWidth(theme.px(440));
    m_line->setFocus();
}

SecretQuestion::~SecretQuestion()
{
    m_line->clear();
}

SecretAnswer SecretQuestion::answer() const
{
    return { Secret(m_line->text().toUtf8()), m_keep->isChecked() && !m_keep->isHidden() };
}

void SecretQuestion::offerToKeep(bool offered)
{
    m_keep->setVisible(offered);
}

QCoro::Task<Result<SecretAnswer>> DesktopSecretPrompt::ask(QString name, Error why, std::stop_token stop)
{
    const ErrorText reason = errorText(why);
    auto *question = new SecretQuestion(SecretQuestion::tr("Secret \"%1\"").arg(name),
        SecretQuestion::tr("The fleet names this secret. %1.").arg(reason.sentence), m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->offerToKeep(why.kind == ErrorKind::NotFound);
    const Once<Result<SecretAnswer>> once;
    QObject::connect(
        question, &QDialog::accepted, question, [question, once] { once.settle(question->answer()); });
    const auto refused = [once] { once.settle(failure(ErrorKind::Cancelled, u"secrets.declined"_s, {})); };
    QObject::connect(question, &QDialog::rejected, question, refused);
    QObject::connect(question, &QObject::destroyed, question, refused);
    const QPointer<SecretQuestion> open = question;
    const std::stop_callback onStop(stop, [open] {
        if (open)
            open->reject();
    });
    question->open();
    auto answer = co_await once;
    co_return answer;
}

void DesktopSecretPrompt::couldNotKeep(const QString &name, const Error &error)
{
    auto *dialog = new QDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(SecretQuestion::tr("\"%1\" holds for this session only").arg(name));
    auto *banner = new Banner;
    banner->showError(dialog->windowTitle(), error);
    auto *close = makeButton(SecretQuestion::tr("Close"));
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(banner);
    column->addWidget(close, 0, Qt::AlignRight);
    dialog->open();
}

} // namespace tidemark
