// arch: x86-64
// rule: OH301
// expect: OH201 f+0x36
// expect: OH301 f+0x29
// expect: OH301 f+0x36
// flags: -O2
// source: the twin of x86-64-realigned-in-two-ways.silent.s
// why: on one of the ways something else is stored at 16(%rsp)

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	movq	%rsp, %rax
	.cfi_def_cfa_register %rax
	subq	$64, %rsp
	testl	%edi, %edi
	je	.Lother
	andq	$-64, %rsp
	movq	%rax, 16(%rsp)
	jmp	.Ljoin
.Lother:
	subq	$4096, %rsp
	andq	$-1024, %rsp
	movq	%rdi, 16(%rsp)	# planted
.Ljoin:
	.cfi_escape 0x0f,5,0x77,16,6,0x23,8	# CFA = *(rsp + 16) + 8
	call	g
	movq	16(%rsp), %rsi
	.cfi_def_cfa %rsi, 8
	leaq	(%rsi), %rsp
	.cfi_def_cfa_register %rsp
	ret
	.cfi_endproc
	.size	f, .-f
