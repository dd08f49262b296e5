// arch: x86-64
// rule: OH301
// expect: OH301 f+0xf
// flags: -O2
// why: what follows the call is reached again only over that call: no other path bears witness that it does not return

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	cmpl	$3, %edi
	je	.Lfirst
	leal	1(%rdi), %eax
	retq
.Lfirst:
	pushq	%rax
	.cfi_def_cfa_offset 16
	callq	fail
	.cfi_def_cfa_offset 8		# planted: the frame is still there
.La:
	leal	1(%rdi), %eax
	cmpl	$7, %esi
	je	.La
	addq	$8, %rsp
	retq
	.cfi_endproc
	.size	f, .-f
