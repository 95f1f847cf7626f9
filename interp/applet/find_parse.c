/* SPDX-License-Identifier: GPL-2.0-only */
/* find's words as a tree. Source: find(1). */
#include "applet/find.h"

static struct node *node(struct find *f, enum kind kind)
{
	struct node *n = arena_make(f->cx->mem, struct node);

	n->kind = kind;
	return n;
}

bool find_more(const struct find *f)
{
	return f->at < f->cx->argc;
}

static bool accept(struct find *f, const char *word)
{
	if (!find_more(f) || !str_is(f->cx->argv[f->at], word))
		return false;
	f->at++;
	return true;
}

static struct str argument(struct find *f)
{
	if (find_more(f))
		return f->cx->argv[f->at++];
	f->unknown = true;
	return S("");
}

static struct node *with_text(struct find *f, enum kind kind)
{
	struct node *n = node(f, kind);

	n->text = argument(f);
	/* of several bytes in a character */
	f->unknown |= !applet_bytes(f->cx, n->text) ||
		      ((str_chr(n->text, '?') >= 0 || str_chr(n->text, '[') >= 0) &&
		       !applet_bytes(f->cx, S("\377")));
	if ((kind == PATH || kind == IPATH) && str_ends(n->text, S("/")))
		f->unknown = true; /* find warns that it matches nothing */
	return n;
}

/* "f", "f,d": letters with commas between them. */
static struct node *type(struct find *f, enum kind kind)
{
	struct node *n = with_text(f, kind);

	f->unknown |= n->text.n % 2 == 0;
	for (size_t i = 0; i < n->text.n; i++) {
		f->unknown |= !n->text.p[i] || !strchr(i % 2 ? "," : "fdlpbcs", n->text.p[i]);
		/* a letter twice is an error */
		f->unknown |= i % 2 == 0 && str_chr(str_from(n->text, i + 1), n->text.p[i]) >= 0;
	}
	return n;
}

static struct node *perm(struct find *f)
{
	struct node *n = with_text(f, PERM);

	if (n->text.n && (n->text.p[0] == '-' || n->text.p[0] == '/')) {
		n->how = n->text.p[0];
		n->text = str_from(n->text, 1);
	}
	/* of "/000" find warns; "+111" was another thing once, and is an error now */
	if ((n->text.n > 1 && n->text.p[0] == '+' && strchr("01234567", n->text.p[1])) ||
	    !applet_mode(n->text, 0, false, 0, &n->mode) || (n->how == '/' && n->mode == 0) ||
	    str_chr(n->text, 'X') >= 0) /* of folders it is another mode */
		f->unknown = true;
	return n;
}

static struct node *newer(struct find *f)
{
	struct node *n = with_text(f, NEWER);
	struct files_stat st;

	if ((f->links == 'P' ? files_lstat : files_stat)(f->cx->files, applet_path(f->cx, n->text),
							 &st) != 0)
		f->unknown = true;
	else
		n->when = files_mtime(f->cx->files, applet_path(f->cx, n->text), &st);
	return n;
}

/* "+N", "-N", "N". */
static void take_number(struct find *f, struct node *n, struct str s)
{
	if (s.n && (s.p[0] == '-' || s.p[0] == '+')) {
		n->how = s.p[0];
		s = str_from(s, 1);
	}
	if (!str_number(s, 10, &n->n))
		f->unknown = true;
}

static struct node *size(struct find *f)
{
	struct node *n = with_text(f, SIZE);
	struct str s = n->text;

	n->unit = 512;
	if (s.n && strchr("bcwkMG", s.p[s.n - 1])) {
		char c = s.p[--s.n];

		n->unit = c == 'b'   ? 512
			  : c == 'c' ? 1
			  : c == 'w' ? 2
			  : c == 'k' ? 1024
			  : c == 'M' ? 1 << 20
				     : 1 << 30;
	}
	take_number(f, n, s);
	return n;
}

static struct node *links(struct find *f)
{
	struct node *n = with_text(f, LINKS);

	n->unit = 1;
	take_number(f, n, n->text);
	return n;
}

static struct node *exec(struct find *f)
{
	struct node *n = node(f, EXEC);

	f->acts = true;
	for (;;) {
		struct str word = argument(f);

		/* "x{} +" is an error. */
		f->unknown |= str_is(word, "+") && n->argv.n &&
			      str_find(n->argv.p[n->argv.n - 1], S("{}")) >= 0 &&
			      !str_is(n->argv.p[n->argv.n - 1], "{}");
		if (f->unknown || str_is(word, ";"))
			break;
		if (str_is(word, "+") && n->argv.n && str_is(n->argv.p[n->argv.n - 1], "{}")) {
			n->kind = EXEC_MANY;
			n->argv.n--;
			*vec_push(f->cx->mem, &f->many) = n;
			break;
		}
		*vec_push(f->cx->mem, &n->argv) = word;
	}
	f->unknown |= n->argv.n == 0;
	return n;
}

static struct node *action(struct find *f, enum kind kind)
{
	f->acts = true;
	f->depth |= kind == DELETE;
	return node(f, kind);
}

/* Only plain text, directives without width, \n, \t, \0 and a backslash. */
static struct node *printf_action(struct find *f)
{
	struct node *n = action(f, PRINTF);

	n->text = argument(f);
	for (size_t i = 0; i < n->text.n; i++) {
		char c = n->text.p[i];

		if (c != '%' && c != '\\')
			continue;
		f->shows_folder |= c == '%' && i + 1 < n->text.n && n->text.p[i + 1] == 'h';
		if (++i == n->text.n || !n->text.p[i] ||
		    !strchr(c == '%' ? "pPfhHdlmnsygGuU%" : "nt0\\", n->text.p[i]) ||
		    (c == '\\' && n->text.p[i] == '0' && i + 1 < n->text.n &&
		     n->text.p[i + 1] >= '0' && n->text.p[i + 1] <= '7'))
			f->unknown = true;
	}
	return n;
}

static struct node *depth_limit(struct find *f, uint64_t *limit)
{
	if (!str_number(argument(f), 10, limit))
		f->unknown = true;
	return node(f, TRUE);
}

static struct node *or_expression(struct find *f);

static struct node *primary(struct find *f)
{
	struct node *n;

	if (accept(f, "!") || accept(f, "-not")) {
		n = node(f, NOT);
		n->a = primary(f);
		return n;
	}
	if (accept(f, "(")) {
		n = or_expression(f);
		f->unknown |= !accept(f, ")");
		return n;
	}
	if (accept(f, "-name"))
		return with_text(f, NAME);
	if (accept(f, "-iname"))
		return with_text(f, INAME);
	if (accept(f, "-path") || accept(f, "-wholename"))
		return with_text(f, PATH);
	if (accept(f, "-ipath") || accept(f, "-iwholename"))
		return with_text(f, IPATH);
	if (accept(f, "-lname"))
		return with_text(f, LNAME);
	if (accept(f, "-type"))
		return type(f, TYPE);
	if (accept(f, "-xtype"))
		return type(f, XTYPE);
	if (accept(f, "-links"))
		return links(f);
	if (accept(f, "-perm"))
		return perm(f);
	if (accept(f, "-newer"))
		return newer(f);
	if (accept(f, "-size"))
		return size(f);
	if (accept(f, "-empty"))
		return node(f, EMPTY);
	if (accept(f, "-true"))
		return node(f, TRUE);
	if (accept(f, "-false"))
		return node(f, FALSE);
	if (accept(f, "-prune")) {
		f->prunes = true;
		return node(f, PRUNE);
	}
	if (accept(f, "-print"))
		return action(f, PRINT);
	if (accept(f, "-print0"))
		return action(f, PRINT0);
	if (accept(f, "-printf"))
		return printf_action(f);
	if (accept(f, "-delete")) {
		f->deletes = true;
		f->unknown |= find_more(f); /* what is asked of a file that is gone */
		return action(f, DELETE);
	}
	if (accept(f, "-exec"))
		return exec(f);
	if (accept(f, "-maxdepth"))
		return depth_limit(f, &f->most);
	if (accept(f, "-mindepth"))
		return depth_limit(f, &f->least);
	if (accept(f, "-depth")) {
		f->depth = true;
		return node(f, TRUE);
	}
	if (accept(f, "-follow")) {
		f->links = 'L';
		return node(f, TRUE);
	}
	f->unknown = true;
	return node(f, FALSE);
}

static struct node *join(struct find *f, enum kind kind, struct node *a, struct node *b)
{
	struct node *n = node(f, kind);

	n->a = a;
	n->b = b;
	return n;
}

static bool ends_term(const struct find *f)
{
	struct str s = find_more(f) ? f->cx->argv[f->at] : S(")");

	return str_is(s, ")") || str_is(s, "-o") || str_is(s, "-or");
}

static struct node *and_expression(struct find *f)
{
	struct node *n = primary(f);

	while (!f->unknown && !ends_term(f)) {
		if (!accept(f, "-a"))
			accept(f, "-and");
		n = join(f, AND, n, primary(f));
	}
	return n;
}

static struct node *or_expression(struct find *f)
{
	struct node *n = and_expression(f);

	while (!f->unknown && (accept(f, "-o") || accept(f, "-or")))
		n = join(f, OR, n, and_expression(f));
	return n;
}

struct node *find_expression(struct find *f)
{
	struct node *n = find_more(f) ? or_expression(f) : node(f, TRUE);

	return f->acts ? n : join(f, AND, n, node(f, PRINT));
}
